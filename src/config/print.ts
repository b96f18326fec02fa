import { Document, isCollection, isScalar } from 'yaml'
import type { Loaded } from '../config.ts'
import { getIn, setIn } from './layer.ts'
import { settings } from './schema.ts'

/** The resolved config as a pipit.yaml that says the same, with a comment where each value comes from. */
export function printConfig({ config, sourceOf }: Loaded): string {
  // A port and a host have become part of the addresses: the config has no such keys any more.
  const shown = settings.filter(({ path }) => has(config, path))
  const tree = {}
  for (const { path, written } of shown) {
    const value = getIn(config, path)
    setIn(tree, path, value === undefined ? null : (written?.(value as never) ?? value))
  }
  const document = new Document(tree, { aliasDuplicateObjects: false })
  for (const setting of shown) comment(document, setting.path, sourceOf(setting))
  return document.toString({ lineWidth: 0 })
}

function has(tree: unknown, path: readonly string[]): boolean {
  const parent = getIn(tree, path.slice(0, -1))
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, path.at(-1) as string)
}

function comment(document: Document, path: readonly string[], source: string): void {
  const node = document.getIn(path, true)
  if (isScalar(node)) node.comment = ` ${source}`
  else if (isCollection(node) && node.items.length > 0) node.commentBefore = ` ${source}`
  else if (isCollection(node)) node.comment = ` ${source}`
}
