import { type ComponentProps, lazy, Suspense } from 'react'
import { Waiting } from '../parts/Fallbacks.tsx'

const List = lazy(async () => ({ default: (await import('./ListPage.tsx')).ListPage }))
const Record = lazy(async () => ({ default: (await import('./RecordPage.tsx')).RecordPage }))
const Create = lazy(async () => ({ default: (await import('./FormPage.tsx')).CreatePage }))
const Edit = lazy(async () => ({ default: (await import('./FormPage.tsx')).EditPage }))

// The generated pages travel by themselves: a module's page around one is as light as what it adds.

export const ListPage = (props: ComponentProps<typeof List>) => (
  <Suspense fallback={<Waiting />}>
    <List {...props} />
  </Suspense>
)

export const RecordPage = (props: ComponentProps<typeof Record>) => (
  <Suspense fallback={<Waiting />}>
    <Record {...props} />
  </Suspense>
)

export const CreatePage = (props: ComponentProps<typeof Create>) => (
  <Suspense fallback={<Waiting />}>
    <Create {...props} />
  </Suspense>
)

export const EditPage = (props: ComponentProps<typeof Edit>) => (
  <Suspense fallback={<Waiting />}>
    <Edit {...props} />
  </Suspense>
)
