/**
 * What is made of a text, made once. Clients can say any number of texts, and must not fill the memory: after `most` of
 * them it begins anew.
 */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined || made.has(text)) return known as T
    const value = make(text)
    if (made.size >= most) made.clear()
    made.set(text, value)
    return value
  }
}
