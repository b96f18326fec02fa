import { endingEffect } from './ending.ts'

export const close = endingEffect('close', 'the connection ends (FIN) instead of an answer, or in the middle of one')
