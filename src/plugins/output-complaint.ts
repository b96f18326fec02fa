import type { Shape } from '../core/shapes.ts'
import { didYouMean } from '../core/nearest.ts'

/** Deeper than any answer of AWS; an object that contains itself has no end. */
const DEEPEST = 100

/** What the protocols could not write, or clients not read: `Topics[0].Arn: expected a text, not 7`. */
export function outputComplaint(shape: Shape, value: unknown, at = '', depth = 0): string | undefined {
  if (depth > DEEPEST) return endless(at)
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? undefined : unlike('a text', value, at)
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value) ? undefined : unlike('a whole number', value, at)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : unlike('true or false', value, at)
    case 'blob':
      return Buffer.isBuffer(value) ? undefined : unlike('a Buffer', value, at)
    case 'list':
      if (!Array.isArray(value)) return unlike('a list', value, at)
      return first(value, (item, index) => outputComplaint(shape.member, item, `${at}[${index}]`, depth + 1))
    case 'map':
      if (!isMembers(value)) return unlike('an object', value, at)
      return first(present(value), ([key, item]) => outputComplaint(shape.value, item, dotted(at, key), depth + 1))
    case 'structure':
      if (!isMembers(value)) return unlike('an object of members', value, at)
      return first(present(value), ([name, item]) => {
        const here = dotted(at, name)
        if (shape.isOpen === true) return openComplaint(item, here, depth + 1)
        const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined
        if (member === undefined) return `${here}: is not in the shape${didYouMean(name, Object.keys(shape.members))}`
        return outputComplaint(member, item, here, depth + 1)
      })
  }
}

function openComplaint(value: unknown, at: string, depth: number): string | undefined {
  if (depth > DEEPEST) return endless(at)
  if (value === undefined || value === null || Buffer.isBuffer(value) || value instanceof Date) return undefined
  if (Array.isArray(value)) return first(value, (item, index) => openComplaint(item, `${at}[${index}]`, depth + 1))
  if (isMembers(value)) return first(present(value), ([name, item]) => openComplaint(item, dotted(at, name), depth + 1))
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? undefined
    : unlike('text, a number or alike', value, at)
}

function endless(at: string): string {
  return `${at.slice(0, 40)}…: has no end`
}

function first<T>(items: readonly T[], complaint: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = complaint(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

/** Absent members are left out, not complained about. */
function present(members: object): [string, unknown][] {
  return Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
}

function isMembers(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
}

function dotted(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`
}

function unlike(wanted: string, value: unknown, at: string): string {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(value.slice(0, 50))
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object' && value !== null
          ? 'an object'
          : String(value)
  return `${at === '' ? '' : `${at}: `}expected ${wanted}, not ${shown}`
}
