/// A color with 8 bits a channel, not premultiplied by its opacity.
struct PixelColor: Hashable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
    /// 0 is fully transparent, 255 opaque.
    var alpha: UInt8 = 255

    static let clear = PixelColor(red: 0, green: 0, blue: 0, alpha: 0)
}

extension PixelColor {
    /// Creates an opaque color (CSS Color 4, section 7, in whole numbers).
    ///
    /// - Parameters:
    ///   - hue: Degrees of the color wheel; any number.
    ///   - saturation: 0 to 100.
    ///   - lightness: 0 to 100.
    init(hue: Int, saturation: Int, lightness: Int) {
        let hue = (hue % 360 + 360) % 360
        let strong = (100 - abs(2 * lightness - 100)) * saturation
        let weak = strong * (60 - abs(hue % 120 - 60)) / 60
        let (red, green, blue) =
            switch hue / 60 {
            case 0: (strong, weak, 0)
            case 1: (weak, strong, 0)
            case 2: (0, strong, weak)
            case 3: (0, weak, strong)
            case 4: (weak, 0, strong)
            default: (strong, 0, weak)
            }
        func byte(_ part: Int) -> UInt8 { UInt8((2 * part + 200 * lightness - strong) * 255 / 20_000) }
        self.init(red: byte(red), green: byte(green), blue: byte(blue))
    }

    /// Creates the mean of colors, of which there is at least one.
    init(meanOf colors: [PixelColor]) {
        func mean(_ channel: KeyPath<PixelColor, UInt8>) -> UInt8 {
            UInt8(colors.reduce(0) { $0 + Int($1[keyPath: channel]) } / colors.count)
        }
        self.init(red: mean(\.red), green: mean(\.green), blue: mean(\.blue), alpha: mean(\.alpha))
    }

    /// The color as it looks on white.
    var onWhite: PixelColor {
        func blended(_ channel: UInt8) -> UInt8 {
            UInt8((Int(channel) * Int(alpha) + 255 * (255 - Int(alpha))) / 255)
        }
        return PixelColor(red: blended(red), green: blended(green), blue: blended(blue))
    }

    /// Six hexadecimal digits without the opacity.
    var hexadecimal: String {
        [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
