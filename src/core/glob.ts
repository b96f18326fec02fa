/** `orders*`, `order?`: does the whole of a text fit? By hand: a regular expression of several stars can take exponential time. */
export function glob(pattern: string): (text: string) => boolean {
  if (!isGlob(pattern)) return (text) => text === pattern
  return (text) => {
    let at = 0
    let starAt = -1
    let retryFrom = 0
    for (let i = 0; i < text.length;) {
      const wanted = pattern[at]
      if (wanted === '*') {
        starAt = at++
        retryFrom = i
      } else if (wanted !== undefined && (wanted === '?' || wanted === text[i])) {
        at++
        i++
      } else if (starAt >= 0) {
        at = starAt + 1
        i = ++retryFrom
      } else return false
    }
    while (pattern[at] === '*') at++
    return at === pattern.length
  }
}

/** Does it stand for more than one text? */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern)
}
