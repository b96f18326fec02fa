/**
 * The same text with one layer of escapes taken off, so that what is written `%22password%22` (a form), `&quot;password`
 * (XML) or `\u0022password` (some JSON writers) is found by the same rules as `"password"`. A view knows where in the
 * text each of its characters stands.
 */
export interface View {
  readonly text: string
  /** Where a character of the view begins in the text it was made of. */
  rawIndex(index: number): number
}

/** Percent-encoded bytes stay single characters (latin1): no rule looks beyond ASCII. */
const PERCENT = /%([0-9a-f]{2})|\+/gi
const ENTITY = /&(?:quot|apos|lt|gt|amp|#34|#x22|#39|#x27);/gi
const UNICODE = /(\\{1,32})u00([0-7][0-9a-f])/gi

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#x22;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&#x27;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
}

export function viewsOf(text: string): View[] {
  const views: View[] = [{ text, rawIndex: (index) => index }]
  if (/%(?:22|3[ADE]|5[BCF]|7B|2[0DF])/i.test(text))
    views.push(view(text, PERCENT, (escape, hex) => (escape === '+' ? ' ' : fromHex(hex))))
  if (/&(?:quot|apos|#(?:34|39|x22|x27));/i.test(text))
    views.push(view(text, ENTITY, (escape) => ENTITIES[escape.toLowerCase()] as string))
  if (/\\u00[0-7]/.test(text)) views.push(view(text, UNICODE, (_, slashes, hex) => unescaped(slashes, fromHex(hex))))
  return views
}

/** One escaped layer deeper than its backslashes say, since `u0022` itself is an escape: `\u0022` is `\"`. */
function unescaped(slashes: string, character: string): string {
  if (character !== '"') return character
  const depth = slashes.length % 2 === 1 ? slashes.length : 2 * slashes.length - 1
  return `${'\\'.repeat(depth)}"`
}

function fromHex(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}

function view(text: string, escapes: RegExp, replace: (escape: string, ...groups: string[]) => string): View {
  const parts: string[] = []
  // After each escape: where the view is, and where the text is.
  const ends: number[] = [0]
  const rawEnds: number[] = [0]
  let length = 0
  let from = 0
  for (const match of text.matchAll(escapes)) {
    const plain = replace(match[0], match[1] ?? '', match[2] ?? '')
    parts.push(text.slice(from, match.index), plain)
    length += match.index - from
    // Inside of what replaces an escape, every character stands where the escape begins.
    for (let i = 0; i < plain.length; i++) {
      ends.push(length + i)
      rawEnds.push(match.index)
    }
    length += plain.length
    from = match.index + match[0].length
    ends.push(length)
    rawEnds.push(from)
  }
  parts.push(text.slice(from))
  return {
    text: parts.join(''),
    rawIndex: (index) => {
      const at = lastAtMost(ends, index)
      return (rawEnds[at] as number) + index - (ends[at] as number)
    },
  }
}

/** Position of the last one that is not greater. `sorted` begins with 0. */
function lastAtMost(sorted: readonly number[], wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] as number) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
