/// The one script of a page with steps: keys follow the links that the page has anyway.
///
/// The page's policy admits this script by its hash, and no other. Without it the links do the same.
enum KeyScript {
  /// The arrow keys, space, j and k; on slides also the keys of a presenter's remote control.
  static let text: StaticString = """
    addEventListener("keydown",e=>{
    const next=["ArrowRight"," ","j"],prev=["ArrowLeft","k"],slides=document.querySelector(".slide");
    if(slides){next.push("ArrowDown","PageDown");prev.push("ArrowUp","PageUp")}
    const way=next.includes(e.key)?"next":prev.includes(e.key)?"prev":"";
    if(!way||e.ctrlKey||e.altKey||e.metaKey||e.target.closest?.("summary"))return;
    const target=document.querySelector(":target"),at=target?.closest(".tell,.slide");
    if(!at)if(!slides)if(e.key==" ")return;
    const all=[...document.querySelectorAll(".tell,.slide")];
    const here=at||all.find(s=>!target||target.compareDocumentPosition(s)%8>3)||all[0];
    const link=here?.querySelector(`[rel=${way}]`);
    if(link){e.preventDefault();link.click()}
    })
    """

  /// The SHA-256 of the text in base64: `printf %s "$text" | openssl dgst -sha256 -binary | base64`.
  static let hash = "yQx7uj67NRof+aU8paNlgfBy0O5L5onV/FNMXyJ2Aoc="

  /// The policy of a page with this script.
  static let policy = ContentPolicy.withoutScripts + "; script-src 'sha256-\(hash)'"
}

/// The rule for loading and running: a page does neither, whatever a document may try.
enum ContentPolicy {
  static let withoutScripts = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
}
