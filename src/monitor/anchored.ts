import type { Delivery, Place } from '../core/exchange.ts'
import { ResponseHead } from './http-head.ts'

/**
 * What is to become of the bytes of a connection, with places that are shares of an answer as places in the stream: those
 * of the first answer, as far as its first bytes tell how long it is; of what is no HTTP, those of the first bytes.
 */
export function anchored(deliveries: readonly Delivery[], first: Buffer): readonly Delivery[] {
  return deliveries.map((delivery): Delivery => {
    if (delivery.kind === 'cut') return { ...delivery, at: inStream(delivery.at, first) }
    return delivery.kind === 'garbage' ? { ...delivery, from: inStream(delivery.from, first) } : delivery
  })
}

function inStream(place: Place, first: Buffer): Place {
  if (!('fraction' in place)) return place
  const { headBytes, bodyBytes } = sizesOf(first)
  const [start, length] = place.part === 'head' && headBytes > 0 ? [0, headBytes] : [headBytes, bodyBytes]
  if (place.fraction >= 1) return { part: 'body', at: start + length }
  return { part: 'body', at: Math.min(start + Math.floor(place.fraction * length), headBytes + bodyBytes - 1) }
}

function sizesOf(first: Buffer): { readonly headBytes: number; readonly bodyBytes: number } {
  const end = first.indexOf('\r\n\r\n')
  const head = end < 0 ? undefined : ResponseHead.read(first.toString('latin1', 0, end + 2))
  if (head === undefined) return { headBytes: 0, bodyBytes: first.length }
  const framing = head.framingFor('GET')
  // Without a length, what has come of the body stands for all of it.
  return {
    headBytes: head.sizeBytes,
    bodyBytes: typeof framing === 'number' ? framing : Math.max(0, first.length - head.sizeBytes),
  }
}
