import { Modal, SimpleGrid, Switch } from '@mantine/core'
import { useAllShortcuts, useSingleKeys } from '../keyboard.ts'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import classes from './sheet.module.css'

/** All keys that do something on this page. */
export default function HelpSheet({ onClose }: { onClose: () => void }) {
  useFocusBack()
  const shortcuts = useAllShortcuts()
  const [singleKeys, setSingleKeys] = useSingleKeys()
  const groups = Map.groupBy(shortcuts, ({ group }) => group)
  return (
    <Modal opened onClose={onClose} title={t('shell.shortcuts')} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {[...groups].map(([group, list]) => (
          <section key={group} className={classes['keys']}>
            <h3>{group}</h3>
            <dl>
              {list.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    <KeyCaps keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </SimpleGrid>
      <Switch
        mt="xl"
        label={t('keys.single')}
        description={t('keys.singleHelp')}
        checked={singleKeys !== false}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  )
}
