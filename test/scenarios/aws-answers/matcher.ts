import { inspect } from 'node:util'

export interface Difference {
  /** Members and indexes, joined by dots: `send.Messages.0.Body`. */
  readonly path: string
  readonly problem: string
}

/** What stands in a recording in place of a value that is another one every time. All but the account are numbered. */
const TOKENS: Readonly<Record<string, string>> = {
  'receipt-handle': '[A-Za-z0-9+/]{1,1024}={0,2}',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  'sequence-number': '[0-9]{20}',
  // The unique id of an IAM user, or of a role with its session; not an account number.
  'sender-id': 'A(?:IDA|ROA)[A-Z0-9]+(?::.+)?',
  'task-handle': '[A-Za-z0-9+/]+={0,2}',
  resource: '[A-Za-z0-9_.-]+',
  partition: 'aws[a-z-]*',
  region: '[a-z0-9-]+',
}
const ACCOUNT = '111111111111'
const TOKEN = new RegExp(`<(${Object.keys(TOKENS).join('|')})(?::[0-9]+)?>|${ACCOUNT}`, 'g')
const ANY_TOKEN = /<[a-z][a-z0-9-]*(?::[0-9]+)?>/

/** `timestamp` replaced times of three forms; only the member's name still tells which. */
const TIMES: Readonly<Record<string, (value: unknown) => boolean>> = {
  CreatedTimestamp: (value) => typeof value === 'string' && /^[0-9]{10}$/.test(value),
  LastModifiedTimestamp: (value) => typeof value === 'string' && /^[0-9]{10}$/.test(value),
  SentTimestamp: (value) => typeof value === 'string' && /^[0-9]{13}$/.test(value),
  ApproximateFirstReceiveTimestamp: (value) => typeof value === 'string' && /^[0-9]{13}$/.test(value),
  StartedTimestamp: (value) => Number.isInteger(value) && /^[0-9]{13}$/.test(String(value)),
}

/** The recorder parsed these where their text was JSON. The answer itself must carry text. */
const JSON_TEXTS: ReadonlySet<string> = new Set(['Body', 'Policy'])

/**
 * Compares answers with what was recorded, for one scenario. A token matches any value of its kind, but always the same
 * one; another token matches another one. Everything else must be equal, down to the members that are absent.
 */
export class Matcher {
  readonly #valueOf = new Map<string, string>()
  readonly #tokenOf = new Map<string, string>()

  differences(recorded: unknown, actual: unknown, path: string): Difference[] {
    if (typeof recorded === 'string') return this.#text(recorded, actual, path)
    if (Array.isArray(recorded)) return this.#list(recorded, actual, path)
    if (isRecord(recorded)) return this.#members(recorded, actual, path)
    return Object.is(recorded, actual) ? [] : [unequal(path, recorded, actual)]
  }

  #list(recorded: readonly unknown[], actual: unknown, path: string): Difference[] {
    if (!Array.isArray(actual) || actual.length !== recorded.length) return [unequal(path, recorded, actual)]
    return recorded.flatMap((item, index) => this.differences(item, actual[index], `${path}.${index}`))
  }

  #members(recorded: Readonly<Record<string, unknown>>, actual: unknown, path: string): Difference[] {
    if (!isRecord(actual)) return [unequal(path, recorded, actual)]
    const unexpected = Object.keys(actual)
      .filter((name) => !Object.hasOwn(recorded, name))
      .map((name) => ({ path: `${path}.${name}`, problem: `absent in the recording, here ${inspect(actual[name])}` }))
    const recordedNames = Object.keys(recorded).flatMap((name) => {
      const at = `${path}.${name}`
      if (!Object.hasOwn(actual, name)) return [{ path: at, problem: `absent, recorded ${inspect(recorded[name])}` }]
      return this.#member(name, recorded[name], actual[name], at)
    })
    return [...unexpected, ...recordedNames]
  }

  #member(name: string, recorded: unknown, actual: unknown, path: string): Difference[] {
    if (recorded === 'timestamp') {
      const isTime = TIMES[name]
      if (isTime === undefined) throw new TypeError(`${path} is a time of no known form`)
      return isTime(actual) ? [] : [{ path, problem: `no ${name}: ${inspect(actual)}` }]
    }
    if (JSON_TEXTS.has(name) && isRecord(recorded)) {
      const parsed = typeof actual === 'string' ? parseJson(actual) : undefined
      if (parsed === undefined) return [{ path, problem: `no JSON text: ${inspect(actual)}` }]
      return this.differences(recorded, parsed, path)
    }
    return this.differences(recorded, actual, path)
  }

  #text(recorded: string, actual: unknown, path: string): Difference[] {
    const isBinary = recorded.startsWith("b'")
    if (isBinary !== Buffer.isBuffer(actual)) return [unequal(path, recorded, actual)]
    const text = Buffer.isBuffer(actual) ? pythonBytes(actual) : actual
    if (typeof text !== 'string') return [unequal(path, recorded, actual)]
    const tokens = recorded.match(TOKEN) ?? []
    const unknown = ANY_TOKEN.exec(recorded.replaceAll(TOKEN, ''))
    if (unknown !== null) throw new TypeError(`${path} has an unknown token: ${unknown[0]}`)
    const values = new RegExp(`^${pattern(recorded)}$`).exec(text)?.slice(1)
    if (values === undefined) return [unequal(path, recorded, text)]
    return tokens.flatMap((token, index) => this.#bind(token, values[index] as string, path))
  }

  #bind(token: string, value: string, path: string): Difference[] {
    const value0 = this.#valueOf.get(token)
    if (value0 !== undefined && value0 !== value)
      return [{ path, problem: `${token} was ${inspect(value0)} before, here ${inspect(value)}` }]
    const token0 = this.#tokenOf.get(value)
    if (token0 !== undefined && token0 !== token)
      return [{ path, problem: `${inspect(value)} was ${token0} before, here ${token}` }]
    this.#valueOf.set(token, value)
    this.#tokenOf.set(value, token)
    return []
  }
}

function unequal(path: string, recorded: unknown, actual: unknown): Difference {
  return { path, problem: `recorded ${inspect(recorded)}, here ${inspect(actual)}` }
}

/** A regular expression for a recorded text, with a group for each of its tokens. */
function pattern(recorded: string): string {
  let at = 0
  let source = ''
  for (const match of recorded.matchAll(TOKEN)) {
    const kind = match[1]
    source += literal(recorded.slice(at, match.index))
    source += `(${kind === undefined ? '[0-9]{12}' : TOKENS[kind]})`
    at = match.index + match[0].length
  }
  return source + literal(recorded.slice(at))
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}

/** Bytes as Python shows them, and as the recorder wrote them: `b'key\x1e1'`. */
function pythonBytes(bytes: Buffer): string {
  const named: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 39: "\\'", 92: '\\\\' }
  const shown = Array.from(bytes, (byte) => {
    if (named[byte] !== undefined) return named[byte]
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  })
  return `b'${shown.join('')}'`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
}
