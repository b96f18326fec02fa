import type * as Yaml from 'yaml'
import type { Document, Node, ParsedNode } from 'yaml'
import { PipitError } from '../core/errors.ts'
import { library } from '../core/library.ts'
import type { Layer, PathKey } from './layer.ts'

const yaml = () => library('yaml') as typeof Yaml

/** JavaScript's own; a key of such a name would be lost on the way through objects. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** YAML text as a layer that knows the line and column of everything. `name` is the file's, as the user would write it. */
export function yamlLayer(name: string, text: string): Layer {
  const { LineCounter, parseDocument } = yaml()
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const [mistake] = [...document.errors, ...document.warnings]
  if (mistake !== undefined)
    throw new PipitError('bad-config', `${place(mistake.pos[0])}: not valid YAML: ${mistake.message}`)
  refuseReservedKeys(document, place)
  return {
    tree: toPlain(document, name) ?? {},
    namesPaths: true,
    locate: (path, part) => place(offsetOf(document, path, part)),
  }
}

/** Aliases are expanded here; a bomb of them is refused by the parser. */
function toPlain(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw new PipitError('bad-config', `${name}: not valid YAML: ${(error as Error).message}`, { cause: error })
  }
}

function refuseReservedKeys(document: Document.Parsed, place: (offset: number) => string): void {
  const { isMap, isScalar, isSeq } = yaml()
  const visit = (node: Node | null | undefined): void => {
    if (isSeq(node)) for (const item of node.items) visit(item as Node | null)
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      if (isScalar(key) && RESERVED_KEYS.has(String(key.value)))
        throw new PipitError('bad-config', `${place(key.range?.[0] ?? 0)}: "${String(key.value)}" cannot be a key`)
      visit(value as Node | null)
    }
  }
  visit(document.contents)
}

/** The place of the deepest part of the path that is written in the text. */
function offsetOf(document: Document.Parsed, path: readonly PathKey[], part: 'key' | 'value'): number {
  const { isMap, isScalar, isSeq } = yaml()
  let node: ParsedNode | null = document.contents
  let offset = node?.range[0] ?? 0
  for (const [index, key] of path.entries()) {
    if (isSeq(node)) {
      node = node.items[key as number] ?? null
      offset = node?.range[0] ?? offset
      continue
    }
    if (!isMap(node)) break
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
    if (pair === undefined) break
    const value = pair.value
    const wantsKey = value === null || (part === 'key' && index === path.length - 1)
    offset = (wantsKey ? pair.key.range[0] : value.range[0]) ?? offset
    node = value
  }
  return offset
}
