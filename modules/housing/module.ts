import { defineModule } from '@commonhall/kernel'
import { settleUnitStates } from './jobs/settle-unit-states.ts'
import { allUnits, vacantUnits } from './metrics.ts'
import { livesHere } from './lives-here.ts'
import { occupancyEnding } from './notices/occupancy-ending.ts'
import { beforeMoveOut } from './reminders/before-move-out.ts'
import { vacancies } from './reports/vacancies.ts'
import { occupancy } from './resources/occupancy.ts'
import { unit } from './resources/unit.ts'
import { rules } from './rules.ts'
import { demoHouses } from './seeds/demo-houses.ts'
import { words } from './words/en.ts'

export const housing = defineModule({
  name: 'housing',
  label: 'Housing',
  purpose: 'Units, who lives in them, and who lived there before.',
  icon: 'home',
  orgKinds: ['housing-cooperative'],
  needs: ['members'],
  folder: import.meta.dirname,
  resources: [unit, occupancy],
  rules,
  jobs: [settleUnitStates],
  notices: [occupancyEnding],
  reminders: [beforeMoveOut],
  reports: [vacancies],
  metrics: [allUnits, vacantUnits],
  objections: [livesHere],
  words,
  seed: demoHouses,
})
