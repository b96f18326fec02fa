/** Plain data of its own: what a plugin changes in place is not what the service keeps. Functions stay what they are. */
export function copyOf<T>(value: T): T {
  if (Buffer.isBuffer(value)) return Buffer.from(value) as typeof value
  if (Array.isArray(value)) return value.map(copyOf) as typeof value
  if (!isPlain(value)) return value
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>
  for (const [name, member] of Object.entries(value)) copy[name] = copyOf(member)
  return copy as T
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
