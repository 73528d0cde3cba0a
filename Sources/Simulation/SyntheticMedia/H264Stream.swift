/// Encodes a mosaic as H.264, constrained baseline profile (ISO/IEC 14496-10, which is ITU-T H.264).
///
/// The first picture is intra-coded: the first macroblock of each cell has its samples as they are, and all others
/// copy their left or upper neighbor. The pictures after it are one skipped run each.
struct H264Stream {
    /// The unit with the sequence parameter set.
    let sequenceParameters: [UInt8]
    /// The unit with the picture parameter set.
    let pictureParameters: [UInt8]
    /// The unit of the first picture.
    let keyFrame: [UInt8]
    /// The level (table A-1), ten times as large as it is written.
    let level: UInt8
    private let macroblockCount: Int

    /// The profile and the constraints it keeps: baseline, and main but for what baseline lacks (section A.2.1.1).
    static let profile: (number: UInt8, constraints: UInt8) = (66, 0xC0)

    /// Encodes a mosaic of even width and height.
    init(_ mosaic: Mosaic, frameRate: Int) {
        let columns = (mosaic.width + 15) / 16
        let rows = (mosaic.height + 15) / 16
        macroblockCount = columns * rows
        level = H264Level.lowest(columns: columns, rows: rows, frameRate: frameRate)
        sequenceParameters = Self.sequenceParameters(mosaic, columns: columns, rows: rows, level: level)
        pictureParameters = Self.pictureParameters()
        keyFrame = H264KeyFrame.encode(mosaic)
    }

    /// A picture like the one before (section 7.3.3); `number` counts from the key frame, which is 0.
    func repetition(_ number: Int) -> [UInt8] {
        var unit = H264Unit(.slice)
        unit.appendUnsigned(0)  // first_mb_in_slice
        unit.appendUnsigned(5)  // slice_type: P, and so are all slices of the picture.
        unit.appendUnsigned(0)  // pic_parameter_set_id
        unit.append(number, 4)  // frame_num
        unit.append(0, 1)  // num_ref_idx_active_override_flag
        unit.append(0, 1)  // ref_pic_list_modification_flag_l0
        unit.append(0, 1)  // adaptive_ref_pic_marking_mode_flag
        unit.appendUnsigned(0)  // slice_qp_delta
        unit.appendUnsigned(1)  // disable_deblocking_filter_idc
        unit.appendUnsigned(macroblockCount)  // mb_skip_run
        return unit.finished()
    }

    /// The sequence parameter set (sections 7.3.2.1.1 and E.1.1).
    private static func sequenceParameters(_ mosaic: Mosaic, columns: Int, rows: Int, level: UInt8) -> [UInt8] {
        var unit = H264Unit(.sequenceParameters)
        unit.append(profile.number, 8)
        unit.append(profile.constraints, 8)
        unit.append(level, 8)
        unit.appendUnsigned(0)  // seq_parameter_set_id
        unit.appendUnsigned(0)  // log2_max_frame_num_minus4
        unit.appendUnsigned(2)  // pic_order_cnt_type: shown as coded.
        unit.appendUnsigned(1)  // max_num_ref_frames
        unit.append(0, 1)  // gaps_in_frame_num_value_allowed_flag
        unit.appendUnsigned(columns - 1)
        unit.appendUnsigned(rows - 1)
        unit.append(0b11, 2)  // frame_mbs_only_flag, direct_8x8_inference_flag
        unit.append(1, 1)  // frame_cropping_flag; left, right, top, bottom in pairs of pixels.
        for pixels in [0, columns * 16 - mosaic.width, 0, rows * 16 - mosaic.height] { unit.appendUnsigned(pixels / 2) }
        unit.append(1, 1)  // vui_parameters_present_flag
        unit.append(0, 2)  // No aspect ratio, no overscan.
        unit.append(0b1_101_0_1, 6)  // Signal type: unspecified format, limited range, with a description.
        for _ in 1...3 { unit.append(1, 8) }  // Primaries, transfer and matrix of ITU-R BT.709 (tables E-3 to E-5).
        unit.append(0, 6)  // No chroma location, timing, buffering models, picture structure, restrictions.
        return unit.finished()
    }

    /// The picture parameter set (section 7.3.2.2).
    private static func pictureParameters() -> [UInt8] {
        var unit = H264Unit(.pictureParameters)
        unit.appendUnsigned(0)  // pic_parameter_set_id
        unit.appendUnsigned(0)  // seq_parameter_set_id
        unit.append(0, 2)  // CAVLC; no order of fields.
        for _ in 1...3 { unit.appendUnsigned(0) }  // One slice group, one reference in each list.
        unit.append(0, 3)  // No weighted prediction.
        for _ in 1...3 { unit.appendUnsigned(0) }  // The usual quantizers.
        unit.append(0b100, 3)  // Slices control the deblocking filter.
        return unit.finished()
    }
}
