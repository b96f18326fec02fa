import * as v from 'valibot'
import { option } from './option.ts'

const FOLDER = 'expected the path of a folder'

export const pluginOptions = {
  plugins: option(
    {
      what: 'folder with services, injectors and rules of your own; without it ./plugins, if there is one',
      flag: 'plugins',
      text: 'string',
    },
    v.pipe(v.string(FOLDER), v.nonEmpty(FOLDER)),
  ),
}
