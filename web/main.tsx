import { startApp } from '@commonhall/ui/app'
import type { Page } from '@commonhall/ui'
import './styles.css'

/** Each module's table of contents of pages; the pages themselves load when they are opened. */
const contents = import.meta.glob<{ pages: readonly Page[] }>(
  ['../modules/*/pages/index.tsx', '../plugins/*/pages/index.tsx'],
  { eager: true },
)

startApp(Object.values(contents).flatMap((module) => module.pages))
