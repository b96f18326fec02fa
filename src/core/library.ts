// oxlint-disable-next-line no-restricted-imports -- no I/O of its own: it only says when one is read
import { createRequire } from 'node:module'

/** A library, loaded when it is first asked for: most gateways never need it, and starting must be quick. */
export function library(name: string): unknown {
  return createRequire(import.meta.url)(name)
}
