import test from 'ava'
import { SafeBytes } from '../../src/monitor/safe-bytes.ts'

const shown = (...pieces: string[]): string[] => {
  const safe = new SafeBytes()
  return pieces.map((piece) => safe.next(Buffer.from(piece, 'latin1')).toString('latin1'))
}

test('what is no secret is the same buffer', (t) => {
  const bytes = Buffer.from([0, 1, 255, 65])
  t.is(new SafeBytes().next(bytes), bytes)
})

test('a secret in one piece is taken out, the rest stays', (t) => {
  t.deepEqual(shown('a AKIAIOSFODNN7EXAMPLE \xff', 'b'), ['a [redacted] \xff', 'b'])
})

for (const [title, secret] of [
  ['an access key', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghij'],
  ['a password', 'password=correct-horse'],
  ['a GitHub token', 'ghp_0123456789abcdef0123456789abcdef0123'],
] as const)
  test(`${title} is not shown, wherever it is cut into pieces`, (t) => {
    const value = secret.replace('password=', '')
    for (let at = 1; at < secret.length; at++) {
      const told = shown(`x ${secret.slice(0, at)}`, `${secret.slice(at)} y`).join('')
      for (let from = 0; from + 8 <= value.length; from++)
        t.false(told.includes(value.slice(from, from + 8)), `cut at ${at}: ${told}`)
      t.true(told.startsWith('x ') && told.endsWith(' y'))
    }
  })

test('a private key is not shown, in pieces of any size', (t) => {
  const lines = Array.from({ length: 40 }, (_, line) => `${String(line).padStart(2, '0')}${'k'.repeat(62)}`)
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----\n`
  for (const size of [1, 7, 64, 1000]) {
    const pieces = pem.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    t.false(
      shown(...pieces)
        .join('')
        .includes('kkkkkkkk'),
      `pieces of ${size}`,
    )
  }
})
