import { useMediaQuery } from '@mantine/hooks'
import { formatBytes } from '../fields/format.ts'
import { keyCaps } from '../keyboard.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import classes from './files.module.css'
import { largestOf } from './limits.ts'
import type { Adding } from './use-adding.ts'

/** What is held in the hand has a camera, and nothing to drop from. */
const useIsTouched = () => useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false }) ?? false

/** The ways to add a file that take a press of a button. */
export function AddFiles({ adding }: { adding: Adding }) {
  const isTouched = useIsTouched()
  const takesImages = !adding.use.types || adding.use.types.includes('image')
  return (
    <span className={classes['add']}>
      {isTouched && takesImages && adding.allowed === true ? (
        <ActButton
          variant="default"
          leftSection={<Icon name="camera" size={16} />}
          onClick={() => void adding.choose(true)}
        >
          {t('files.photo')}
        </ActButton>
      ) : null}
      <ActButton
        variant="default"
        size={isTouched ? 'sm' : 'compact-sm'}
        allowed={adding.allowed}
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => void adding.choose()}
      >
        {t('files.add')}
      </ActButton>
    </span>
  )
}

/** How large a file may be, and that pictures can be pasted. */
export function Limits({ adding }: { adding: Adding }) {
  const isTouched = useIsTouched()
  if (adding.allowed !== true || !adding.settings) return null
  const largest = formatBytes(largestOf(adding.settings, adding.use))
  const key = keyCaps('mod+v').join('+')
  return <p data-quiet>{isTouched ? t('files.limit', { largest }) : t('files.limitPaste', { largest, key })}</p>
}

/** Nothing yet: says what belongs here. The whole of it can be pressed. */
export function NoFiles({ adding }: { adding: Adding }) {
  const isTouched = useIsTouched()
  if (adding.allowed !== true) return <p data-quiet>{t('files.emptyToRead')}</p>
  return (
    // The button above does the same for those who do not point.
    <div className={classes['empty']} role="presentation" onClick={() => void adding.choose()}>
      <Icon name="upload" size={24} />
      <div>
        <strong>{t('files.emptyTitle')}</strong>
        <p>{t(isTouched ? 'files.emptyTextPhone' : 'files.emptyText')}</p>
        <Limits adding={adding} />
      </div>
    </div>
  )
}
