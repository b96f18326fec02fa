import test from 'ava'
import { hideBlobs } from '../../src/monitor/hide-blobs.ts'

const secret = Buffer.from('AKIAIOSFODNN7EXAMPLE ??>>')
const base64 = secret.toString('base64')

test('what is secret inside of bytes is taken out of the text that says them', (t) => {
  const value = { MessageAttributes: { a: { BinaryValue: secret } }, list: [Buffer.from('harmless')] }
  const text = `{"BinaryValue":"${base64}"} aGFybWxlc3M= BinaryValue=${encodeURIComponent(base64)}`
  const safe = hideBlobs(text, value)
  t.false(safe.includes(base64) || safe.includes(encodeURIComponent(base64)))
  t.true(safe.includes('aGFybWxlc3M='))
  t.is(Buffer.from(/"BinaryValue":"([^"]*)"/.exec(safe)?.[1] ?? '', 'base64').toString(), '[redacted] ??>>')
})

test('where there is nothing to hide the text stays', (t) => {
  for (const value of [undefined, null, 'x', 1, {}, [Buffer.from('x')]]) t.is(hideBlobs('eA== x', value), 'eA== x')
})
