const BYTES_PER_LINE = 16

/** `2a 31 0d 0a  *1..` */
export function hexLine(bytes: Buffer, width = bytes.length): string {
  const digits = (bytes.toString('hex').match(/../g) ?? []).join(' ')
  return `${digits.padEnd(width * 3 - 1)}  ${bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.')}`
}

/** Sixteen to a line, each with its offset. */
export function hexDump(bytes: Buffer): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE)
    lines.push(
      `${at.toString(16).padStart(4, '0')}  ${hexLine(bytes.subarray(at, at + BYTES_PER_LINE), BYTES_PER_LINE)}`,
    )
  return lines
}
