/**
 * The name that a TLS client asks for (RFC 6066), from the first bytes that it sends; `undefined` where it names none, or
 * where they do not reach so far.
 *
 *     record  16 03 xx, length 2 │ handshake 01, length 3 │ version 2, random 32 │ session id 1+n
 *     │ cipher suites 2+n │ compression 1+n │ extensions 2+n: { type 2, length 2, … }
 */
export function serverNameOf(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x16 || bytes[5] !== 0x01) return undefined
  try {
    let at = 5 + 4 + 2 + 32
    at += 1 + bytes.readUInt8(at)
    at += 2 + bytes.readUInt16BE(at)
    at += 1 + bytes.readUInt8(at)
    const end = at + 2 + bytes.readUInt16BE(at)
    for (at += 2; at < end; at += 4 + bytes.readUInt16BE(at + 2))
      if (bytes.readUInt16BE(at) === SERVER_NAME) return nameIn(bytes, at + 4)
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const SERVER_NAME = 0

/** A list of names, of which there is one: length 2, type 1 (0 is a host), length 2, the name. */
function nameIn(bytes: Buffer, at: number): string | undefined {
  const length = bytes.readUInt16BE(at + 3)
  const name = bytes.toString('latin1', at + 5, at + 5 + length)
  return /^[A-Za-z0-9._-]{1,255}$/.test(name) && name.length === length ? name : undefined
}
