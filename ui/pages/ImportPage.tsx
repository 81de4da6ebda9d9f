import type { KnownResource } from '../wire/catalog.ts'
export const ImportPage = ({ resource }: { resource: KnownResource }) => <p>{resource.plural}</p>
