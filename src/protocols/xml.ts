import { createRequire } from 'node:module'
import type { XMLBuilder, XMLParser } from 'fast-xml-parser'

/** A document of one root element in a namespace. Arrays are repeated elements, empty objects and strings `<Name/>`. */
export function toXml(root: string, namespace: string, elements: Readonly<Record<string, unknown>>): string {
  builder ??= createBuilder()
  return `<?xml version="1.0"?>${builder.build({ [root]: { '@xmlns': namespace, ...elements } })}`
}

/**
 * What text cannot say as it is: markup; CR, which a parser reads as LF, and then the client's MD5 of the body no longer
 * fits; and what XML has no way to carry at all, lone surrogates among them.
 */
const SPECIAL = /[&<>"\r]|[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
}

function escape(value: unknown): string {
  return String(value).replace(SPECIAL, (character) => REFERENCES[character] ?? '\uFFFD')
}

/** An element with others in it; one that is there more than once is a list. Text is a string, with all its spaces. */
export type XmlElements = Readonly<Record<string, unknown>>

/**
 * The root of a document and what is in it; `undefined` where it is none, or ends too early. A document type is refused:
 * no answer has one, and entities that a document declares itself may grow without end.
 */
export function fromXml(text: string): { readonly root: string; readonly elements: XmlElements | string } | undefined {
  if (text.includes('<!DOCTYPE')) return undefined
  parser ??= createParser()
  let document: XmlElements
  try {
    document = parser.parse(text) as XmlElements
  } catch {
    return undefined
  }
  const [root, second] = Object.keys(document).filter((name) => name !== '#text')
  if (root === undefined || second !== undefined || !isWhole(text, root)) return undefined
  return { root, elements: document[root] as XmlElements | string }
}

/** The parser takes what ends in the middle for whole. */
function isWhole(text: string, root: string): boolean {
  const last = /<(\/?)(?:[^<>:/]*:)?([^<>:/\s]+)[^<>]*>\s*$/.exec(text.slice(-1000))
  return last !== null && last[2] === root && (last[1] === '/' || last[0].trimEnd().endsWith('/>'))
}

let builder: XMLBuilder | undefined
let parser: XMLParser | undefined

/** The library is loaded at the first XML answer: most clients speak JSON, and starting must be quick. */
function library(): { readonly XMLBuilder: typeof XMLBuilder; readonly XMLParser: typeof XMLParser } {
  return createRequire(import.meta.url)('fast-xml-parser') as ReturnType<typeof library>
}

/** As it stands: `&#xD;` is a CR, spaces are text, and `0042` is no number. */
function createParser(): XMLParser {
  const { XMLParser: Parser } = library()
  return new Parser({
    htmlEntities: true,
    trimValues: false,
    parseTagValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
  })
}

function createBuilder(): XMLBuilder {
  const { XMLBuilder: Builder } = library()
  return new Builder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    // One pass over a text instead of one for each of the library's entities: half of the time of a long answer.
    processEntities: false,
    tagValueProcessor: (_name, value) => escape(value),
    attributeValueProcessor: (_name, value) => escape(value),
  })
}
