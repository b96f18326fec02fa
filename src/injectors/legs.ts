import type { Leg } from '../core/exchange.ts'

/** Where there is a request with an answer, not bytes only. */
export const HTTP_LEGS: readonly Leg[] = ['client', 'mock', 'upstream', 'replay']

export const ALL_LEGS: readonly Leg[] = [...HTTP_LEGS, 'wire']
