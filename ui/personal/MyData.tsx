import { Button, Group } from '@mantine/core'
import { Icon } from '../parts/Icon.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { takePersonalData } from '../wire/personal.ts'
import classes from './personal.module.css'
import './words.ts'

/** For whoever has a record of their own here: all that is kept about them, to take home. */
export function MyData() {
  const { org, actor, resources } = useCatalog()
  const own = Object.values(resources).find(({ personal }) => personal?.take === true)
  const id = actor.own_record
  if (!own || !id) return null
  const take = (format: 'html' | 'json') => void takePersonalData(org.slug, own.path, id, format).catch(toastFailure)
  return (
    <section className={classes['mine']} aria-labelledby="my-data">
      <h2 id="my-data">{t('personal.mine', { org: org.name })}</h2>
      <p>{t('personal.mineText')}</p>
      <Group gap="xs">
        <Button variant="default" leftSection={<Icon name="download" size={16} />} onClick={() => take('html')}>
          {t('personal.take')}
        </Button>
        <Button variant="subtle" onClick={() => take('json')}>
          {t('personal.takeData')}
        </Button>
      </Group>
    </section>
  )
}
