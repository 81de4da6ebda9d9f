import { ActionIcon, Menu } from '@mantine/core'
import { Icon } from '../parts/Icon.tsx'
import { MenuEntry } from '../parts/MenuEntry.tsx'
import { t } from '../say.ts'
import type { MatrixRole } from '../wire/roles.ts'
import classes from './roles.module.css'
import type { MatrixState } from './use-matrix.ts'

/** What is done with a whole role in a dialog. */
export interface RoleTask {
  readonly act: 'create' | 'rename' | 'delete'
  readonly role?: MatrixRole
}

interface RoleMenuProps {
  role: MatrixRole
  state: MatrixState
  onTask: (task: RoleTask) => void
}

/** Rename, copy, back to the start, delete. */
export function RoleMenu({ role, state, onTask }: RoleMenuProps) {
  const { update } = role.can
  const mayReset = !role.built_in
    ? t('roles.ownRole')
    : Object.keys(role.changes).length || state.pending[role.id]
      ? true
      : t('roles.nothingToReset')
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('roles.acts', { role: role.label })}
          className={classes['dots'] ?? ''}
        >
          <Icon name="dots" size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntry
          icon="edit"
          label={t('roles.rename')}
          allowed={update}
          onClick={() => onTask({ act: 'rename', role })}
        />
        <MenuEntry
          icon="plus"
          label={t('roles.copy')}
          allowed={update}
          onClick={() => onTask({ act: 'create', role })}
        />
        <MenuEntry
          icon="undo"
          label={t('roles.reset')}
          allowed={update === true ? mayReset : update}
          onClick={() => state.reset(role)}
        />
        <Menu.Divider />
        <MenuEntry
          icon="close"
          label={t('roles.delete')}
          allowed={role.can.delete}
          onClick={() => onTask({ act: 'delete', role })}
        />
      </Menu.Dropdown>
    </Menu>
  )
}
