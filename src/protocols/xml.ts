import { createRequire } from 'node:module'
import type { XMLBuilder } from 'fast-xml-parser'

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

let builder: XMLBuilder | undefined

/** The library is loaded at the first XML answer: most clients speak JSON, and starting must be quick. */
function createBuilder(): XMLBuilder {
  const library = createRequire(import.meta.url)('fast-xml-parser') as { XMLBuilder: typeof XMLBuilder }
  return new library.XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    // One pass over a text instead of one for each of the library's entities: half of the time of a long answer.
    processEntities: false,
    tagValueProcessor: (_name, value) => escape(value),
    attributeValueProcessor: (_name, value) => escape(value),
  })
}
