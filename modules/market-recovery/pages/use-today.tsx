import { todayIn } from '@commonhall/kernel'
import { useCatalog } from '@commonhall/ui'

/** The day that it is in the organization, by which the server reckons too. */
export const useToday = (): string => todayIn(useCatalog().org.time_zone)
