/**
 * What a terminal would act on or a reader could not see: C0 and C1 controls (line breaks, colours), the marks that
 * reorder text, the other line breaks of Unicode, halves of pairs.
 */
const UNPRINTABLE =
  // oxlint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu

const LONGEST = 200

/** Text of a client's, safe on one line of a log: `orders\x0a12:00:00 fake`. */
export function printable(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return cut.replace(UNPRINTABLE, escaped)
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) as number).toString(16)
  return hex.length > 2 ? `\\u{${hex}}` : `\\x${hex.padStart(2, '0')}`
}
