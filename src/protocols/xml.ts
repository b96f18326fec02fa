import type { XMLParser } from 'fast-xml-parser'
import { library } from '../core/library.ts'

/** A document of one root element in a namespace. Arrays are repeated elements, empty objects and strings `<Name/>`. */
export function toXml(root: string, namespace: string, elements: Readonly<Record<string, unknown>>): string {
  return `<?xml version="1.0"?><${root} xmlns="${escape(namespace)}">${contentOf(elements)}</${root}>`
}

function contentOf(elements: Readonly<Record<string, unknown>>): string {
  let content = ''
  for (const name of Object.keys(elements)) content += element(name, elements[name])
  return content
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('')
  const content = isElements(value) ? contentOf(value) : escape(value ?? '')
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

function isElements(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
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

let parser: XMLParser | undefined

/** As it stands: `&#xD;` is a CR, spaces are text, and `0042` is no number. */
function createParser(): XMLParser {
  const { XMLParser: Parser } = library('fast-xml-parser') as { readonly XMLParser: typeof XMLParser }
  return new Parser({
    htmlEntities: true,
    trimValues: false,
    parseTagValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
  })
}
