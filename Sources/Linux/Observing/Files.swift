import Glibc
internal import SystemPackage

/// Opens a file for reading.
///
/// The corresponding C function is `open`.
func openFile(_ path: String) throws(Errno) -> Descriptor {
  try openFile(path, in: AT_FDCWD)
}

/// Opens a file for reading that lies in this directory.
///
/// The corresponding C function is `openat`.
func openFile(_ path: String, in directory: CInt) throws(Errno) -> Descriptor {
  Descriptor(
    owning: try result(retrying: true) { unsafe openat(directory, path, O_RDONLY | O_CLOEXEC) })
}
