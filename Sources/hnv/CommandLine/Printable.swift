extension String {
  /// The text with everything that a terminal would obey, and not show, spelled out.
  ///
  /// A lab file is somebody else's text: an escape sequence in a name could recolour the report,
  /// and a direction override could turn an address round.
  var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += scalar.escaped(asASCII: true)
      default:
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
