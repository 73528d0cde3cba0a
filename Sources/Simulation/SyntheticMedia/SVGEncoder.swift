/// Writes a mosaic as an SVG document of rectangles (<https://www.w3.org/TR/SVG2/shapes.html#RectElement>).
enum SVGEncoder {
    static func encode(_ mosaic: Mosaic) -> [UInt8] {
        let size = "width=\"\(mosaic.width)\" height=\"\(mosaic.height)\""
        let box = "viewBox=\"0 0 \(mosaic.width) \(mosaic.height)\""
        var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box)>\n"
        for row in mosaic.rowEnds.indices {
            let height = mosaic.height(ofRow: row)
            var left = 0
            for cell in mosaic.cells(ofRow: row) {
                let color = mosaic.colors[cell.index]
                if color.alpha > 0 {
                    let corner = "x=\"\(left)\" y=\"\(mosaic.rowEnds[row] - height)\""
                    let fill = "fill=\"#\(color.hexadecimal)\"\(opacity(of: color))"
                    text += "<rect \(corner) width=\"\(cell.width)\" height=\"\(height)\" \(fill)/>\n"
                }
                left += cell.width
            }
        }
        return Array((text + "</svg>\n").utf8)
    }

    private static func opacity(of color: PixelColor) -> String {
        color.alpha == 255 ? "" : " fill-opacity=\"\(Int(color.alpha) * 100 / 255)%\""
    }
}
