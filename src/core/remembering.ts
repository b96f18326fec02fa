/** In characters: what is said again and again is not longer. */
export const LONGEST_REMEMBERED = 256

/**
 * What is made of a text, made once. Clients can say any number of texts, as long as they like, and must not fill the
 * memory: after `most` of them it begins anew, and of a long one it is made each time.
 */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return make(text)
    const known = made.get(text)
    if (known !== undefined || made.has(text)) return known as T
    const value = make(text)
    if (made.size >= most) made.clear()
    made.set(text, value)
    return value
  }
}
