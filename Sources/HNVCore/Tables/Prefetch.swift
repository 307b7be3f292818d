#if Prefetch
  // The compiler's own prefetch instruction, by an attribute that is not official: under the thread
  // sanitizer the compiler refuses it, and so it stands behind a package trait.
  @_effects(releasenone)
  @_silgen_name("llvm.prefetch.p0")
  @usableFromInline
  func prefetch(_ place: UnsafeRawPointer, _ write: Int32, _ locality: Int32, _ kind: Int32)
#endif

extension Array {
  /// Has the processor fetch what stands at a place, without waiting for it; any place will do.
  ///
  /// Without the package trait `Prefetch` it does nothing.
  @inlinable @inline(__always)
  func prefetchElement(at place: Int) {
    #if Prefetch
      unsafe withUnsafeBufferPointer {
        if let base = $0.baseAddress { unsafe prefetch(base + place, 0, 3, 1) }
      }
    #endif
  }

  /// Fetches ahead what stands at a place: with the package trait `Prefetch` without waiting for
  /// it, otherwise by reading something of it, which is what is returned.
  @inlinable @inline(__always)
  func fetchAhead(_ place: Int, _ something: (Element) -> UInt32) -> UInt32 {
    #if Prefetch
      prefetchElement(at: place)
      return 0
    #else
      return something(self[place])
    #endif
  }
}
