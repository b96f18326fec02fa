import * as v from 'valibot'
import { notList } from '../core/strictly.ts'

/** What the writer says itself, because the connection depends on it. */
const OWN = ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'trailer']

const NAME = 'expected the name of a header like "x-amzn-RequestId"'
const VALUE = 'expected a text that a header can carry'

const name = v.pipe(
  v.string(NAME),
  v.regex(/^[\w!#$%&'*+.^`|~-]{1,256}$/, NAME),
  v.check((given) => !OWN.includes(given.toLowerCase()), 'pipit writes this header itself: use cut to break a promise'),
)
/** Control characters would end the header, others do not fit into a byte. */
const value = v.pipe(v.string(VALUE), v.regex(/^[\t\x20-\x7e\x80-\xff]{0,8192}$/, VALUE))

/** Headers by name, as somebody writes them into a rule. */
export function headerFields() {
  return notList(v.record(name, value, 'expected a mapping of headers'), 'expected a mapping of headers')
}

/** The same where one can be taken away, with `null`. */
export function headerChanges() {
  const expected = 'expected a mapping of headers, null for one that goes'
  return notList(v.record(name, v.nullable(value), expected), expected)
}
