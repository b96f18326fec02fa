import http from 'node:http'
import test from 'ava'
import fc from 'fast-check'
import * as v from 'valibot'
import { headerChanges, headerFields } from '../../src/injectors/header-fields.ts'

test('headers by name', (t) => {
  const headers = { 'X-A': 'b', "x-!#$%&'*+.^`|~": '' }
  t.deepEqual(v.parse(headerFields(), headers), headers)
  t.deepEqual(v.parse(headerChanges(), { ...headers, Date: null }), { ...headers, Date: null })
  t.false(v.is(headerFields(), { Date: null }))
  for (const wrong of [[], 'x', { a: 5 }, { a: [] }]) t.false(v.is(headerFields(), wrong))
})

test('those that the connection depends on are not for others to write', (t) => {
  for (const name of ['Content-Length', 'Transfer-Encoding', 'Connection', 'KEEP-ALIVE'])
    for (const schema of [headerFields(), headerChanges()]) t.false(v.is(schema, { [name]: 'x' }), name)
})

test('what is taken can be written', (t) => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', 'prototype', 'x-b', 'a\r\nb', 'ü', '\0'),
  )
  fc.assert(
    fc.property(text, text, (name, value) => {
      const { success, output } = v.safeParse(headerFields(), { [name]: value })
      if (!success) return
      for (const [taken, of] of Object.entries(output))
        t.notThrows(() => {
          http.validateHeaderName(taken)
          http.validateHeaderValue(taken, of)
        })
    }),
  )
})
