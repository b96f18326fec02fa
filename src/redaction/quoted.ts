/** A part of a text, from `start` up to and without `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A quote that opens a string. A JSON text inside of a JSON string has its quotes escaped, one layer deeper for each:
 * `"`, `\"`, `\\\"`; `depth` counts the layers.
 */
export interface Quote {
  readonly character: '"' | "'"
  readonly depth: number
  /** Where the string's content begins. */
  readonly end: number
}

const DEEPEST = 5

export function quoteAt(text: string, at: number): Quote | undefined {
  let end = at
  while (text[end] === '\\' && end - at < 2 ** DEEPEST) end++
  const character = text[end]
  if (character !== '"' && character !== "'") return undefined
  return { character, depth: Math.floor(Math.log2(end - at + 1)), end: end + 1 }
}

/**
 * Where the content of a string ends. What is cut off ends with the text; but an apostrophe that is not closed on its
 * line was none: `undefined`.
 */
export function quotedEnd(text: string, { character, depth, end: from }: Quote): number | undefined {
  const layer = 2 ** (depth + 1)
  for (let at = text.indexOf(character, from); at >= 0; at = text.indexOf(character, at + 1)) {
    if (character === "'" && hasLineBreak(text, from, at)) return undefined
    let slashes = 0
    while (at - slashes > from && text[at - slashes - 1] === '\\') slashes++
    // `\"` inside of a plain string, `\\\"` inside of one that is itself inside of one: still content.
    if ((slashes + 1) % layer !== 0) return at - Math.min(slashes, layer / 2 - 1)
  }
  return character === "'" ? undefined : text.length
}

/** Apostrophes are for short settings: what is longer is not looked through. */
const LONGEST_APOSTROPHED = 4096

function hasLineBreak(text: string, from: number, to: number): boolean {
  return to - from > LONGEST_APOSTROPHED || /[\r\n]/.test(text.slice(from, to))
}

/**
 * The strings (without their quotes) and numbers in a JSON object or array that opens at `start`, not its keys. Goes on
 * to the end of the text when it is not closed.
 */
export function scalarsOf(text: string, start: number): { spans: Span[]; end: number } {
  const spans: Span[] = []
  let depth = 0
  let at = start
  while (at < text.length) {
    const character = text[at] as string
    const quote = character === '"' || character === '\\' ? quoteAt(text, at) : undefined
    if (quote !== undefined) {
      const end = quotedEnd(text, quote) ?? text.length
      at = Math.max(quote.end, quoteAt(text, end)?.end ?? end)
      if (!isKey(text, at) && end > quote.end) spans.push({ start: quote.end, end })
      continue
    }
    if (character === '{' || character === '[') depth++
    if ((character === '}' || character === ']') && --depth === 0) return { spans, end: at + 1 }
    const number = /[-\d]/.test(character) ? numberEnd(text, at) : at
    if (number > at) spans.push({ start: at, end: number })
    at = Math.max(number, at + 1)
  }
  return { spans, end: at }
}

function isKey(text: string, from: number): boolean {
  const colon = /\s{0,256}:/y
  colon.lastIndex = from
  return colon.test(text)
}

function numberEnd(text: string, from: number): number {
  const number = /-?\d[\d.eE+-]*/y
  number.lastIndex = from
  return number.test(text) ? number.lastIndex : from
}
