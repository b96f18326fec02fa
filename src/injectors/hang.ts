import { endingEffect } from './ending.ts'

export const hang = endingEffect(
  'hang',
  'nothing more comes, for five minutes at most, or until a reset or the end of the session',
)
