import test from 'ava'
import fc from 'fast-check'
import { didYouMean, nearest } from '../../src/core/nearest.ts'

const known = ['port', 'host', 'publicUrl', 'region', 'PIPIT_QUEUES', 'PIPIT_REGION']

const guesses: readonly [word: string, guess: string | undefined][] = [
  ['port', 'port'],
  ['prot', 'port'],
  ['prt', 'port'],
  ['porrt', 'port'],
  ['PORT', 'port'],
  ['publicurl', 'publicUrl'],
  ['public_url', 'publicUrl'],
  ['PIPIT_QUEUS', 'PIPIT_QUEUES'],
  ['regoin', 'region'],
  ['faults', undefined],
  ['x', undefined],
  ['', undefined],
]

for (const [word, guess] of guesses) {
  test(`${JSON.stringify(word)} probably means ${guess ?? 'none of them'}`, (t) => {
    t.is(nearest(word, known), guess)
  })
}

test('a guess is offered as a question, no guess as nothing', (t) => {
  t.is(didYouMean('prot', known), ' (did you mean "port"?)')
  t.is(didYouMean('faults', known), '')
})

test('one swap, one letter more or less, and one other letter are found in a word of four and more', (t) => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/)
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom('swap', 'drop', 'double', 'change'), (right, seed, how) => {
      const at = seed % (right.length - 1)
      const [before, one = '', two = '', after] = [right.slice(0, at), right[at], right[at + 1], right.slice(at + 2)]
      const wrong = {
        swap: `${before}${two}${one}${after}`,
        drop: `${before}${two}${after}`,
        double: `${before}${one}${one}${two}${after}`,
        change: `${before}_${two}${after}`,
      }[how]
      t.is(nearest(wrong, ['completely-different', right]), right)
    }),
  )
})

test('a word of megabytes costs nothing', (t) => {
  t.is(nearest('x'.repeat(5_000_000), known), undefined)
})
