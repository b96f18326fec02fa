import { type ApiError, ServiceError } from '../core/errors.ts'
import { shownPath, whereThrown } from './where-thrown.ts'

const MOST_SHOWN = 300

/** What a plugin does wrong is an honest 500 that names it, to the caller and, as a hint, in the log. */
export function pluginFailure(text: string): ServiceError {
  return new ServiceError(failureOf(text))
}

/** What its code threw. The text is the error's own: whoever runs plugins wrote it. */
export function thrownFailure(plugin: string, doing: string, error: unknown): ServiceError {
  const place = whereThrown(error)
  const at = place === undefined ? plugin : `${shownPath(place.path)}:${place.line}`
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return pluginFailure(`${at}: ${doing} threw ${told}. Mend it there and start pipit again.`)
}

function failureOf(text: string): ApiError {
  const message = oneLine(text)
  // A hint becomes a header.
  const hint = message.replace(/[^\x20-\x7e]/g, '?')
  return { shape: 'PluginFailure', code: 'PluginFailure', status: 500, fault: 'Receiver', message, hint }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line
}
