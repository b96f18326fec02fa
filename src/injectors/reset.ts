import { endingEffect } from './ending.ts'

export const reset = endingEffect(
  'reset',
  'the connection is reset (RST) instead of an answer, or in the middle of one',
)
