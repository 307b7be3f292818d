/// Zero, which the compiler cannot know: a program is not called with four billion arguments.
///
/// What is looked up next is joined to the last answer by it, so that each lookup has to wait for
/// the one before while it stays the same.
var opaqueZero: UInt32 { UInt32(truncatingIfNeeded: CommandLine.argc >> 30) }
