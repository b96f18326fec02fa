import { lazily } from '../core/lazily.ts'
import { fastXmlParser } from '../core/libraries.ts'

/** A document of one root element in a namespace. Arrays are repeated elements, empty objects and strings `<Name/>`. */
export function toXml(root: string, namespace: string, elements: Readonly<Record<string, unknown>>): string {
  const content = plainContent(elements)
  const document =
    content === undefined
      ? builder().build({ [root]: { '@xmlns': namespace, ...elements } })
      : `<${root} xmlns="${escape(namespace)}">${content}</${root}>`
  return `<?xml version="1.0"?>${document}`
}

/**
 * What most answers are, texts below names: it takes a tenth of the library's time to write them so. `undefined`: there is
 * something else in it.
 */
function plainContent(elements: Readonly<Record<string, unknown>>): string | undefined {
  let content = ''
  for (const name of Object.keys(elements)) {
    const value = elements[name]
    const inner = typeof value === 'string' ? escape(value) : isElements(value) ? plainContent(value) : undefined
    if (inner === undefined) return undefined
    content += inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`
  }
  return content
}

function isElements(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
  let document: XmlElements
  try {
    document = parser().parse(text) as XmlElements
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

/** As it stands: `&#xD;` is a CR, spaces are text, and `0042` is no number. */
const parser = lazily(() => {
  const { XMLParser } = fastXmlParser()
  return new XMLParser({
    htmlEntities: true,
    trimValues: false,
    parseTagValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
  })
})

const builder = lazily(() => {
  const { XMLBuilder } = fastXmlParser()
  return new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    // One pass over a text instead of one for each of the library's entities: half of the time of a long answer.
    processEntities: false,
    tagValueProcessor: (_name, value) => escape(value),
    attributeValueProcessor: (_name, value) => escape(value),
  })
})
