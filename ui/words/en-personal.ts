/** Sentences about a person's own data: what is kept, and erasing it. */
export const personal = {
  personal: {
    take: 'Download what we keep',
    takeData: 'Download it as data (JSON)',
    erase: 'Erase personal data…',
    title: 'Erase the personal data of {{title}}',
    notYet: 'Not yet',
    close: 'I understand',
    done: 'This has been done before. There is nothing left to erase.',
    goes: 'What goes, for good',
    goesText:
      'Also wherever it was copied to: files that were brought in, the search, the audit trail. Nobody can bring it ' +
      'back. Backups keep it until they are replaced.',
    accountErased: 'Their sign-in ends and is erased.',
    accountStays: 'They can no longer sign in here. Their sign-in stays, since they use it elsewhere too.',
    stays: 'What stays, without a name',
    reason: 'Why?',
    reasonText: 'Stays in the audit trail beside your name. Write no name here.',
    confirm: 'Type {{confirm}} to go on',
    act: 'Erase for good',
    toast: 'The personal data is erased.',
    mine: 'What {{org}} keeps about you',
    mineText:
      'Your record, what belongs to it, how you sign in, and who looked at it or changed it, as a page to read. What ' +
      'others wrote about you is not in it: an officer can hand that over.',
  },
} as const
