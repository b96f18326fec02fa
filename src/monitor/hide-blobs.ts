import { redactBytes } from '../redaction/redact.ts'

/**
 * A text that says a value, without what is secret inside of the value's bytes: that cannot be seen in their base64. The
 * same text where there is nothing to hide.
 */
export function hideBlobs(text: string, value: unknown): string {
  let safe = text
  for (const blob of blobsIn(value)) {
    const shown = redactBytes(blob)
    if (shown === blob) continue
    const [from, to] = [blob.toString('base64'), shown.toString('base64')]
    safe = safe.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to))
  }
  return safe
}

function* blobsIn(value: unknown): Generator<Buffer> {
  if (Buffer.isBuffer(value)) yield value
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* blobsIn(item)
}
