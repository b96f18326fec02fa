import * as v from 'valibot'
import { didYouMean } from './nearest.ts'

/** One of these words; what it complains about names all of them, and the one that was meant. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return v.picklist(words, ({ input }) => {
    const guess = typeof input === 'string' ? didYouMean(input, words) : ''
    return `expected ${words.length === 1 ? '' : 'one of '}${words.join(', ')}${guess}`
  })
}
