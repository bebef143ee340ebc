import type { ReactNode } from 'react';

function icon(name: string, drawing: ReactNode) {
  function Icon() {
    return (
      <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {drawing}
      </svg>
    );
  }
  Icon.displayName = name;
  return Icon;
}

export const HashIcon = icon(
  'HashIcon',
  <path d="M7.500 3 6 17M14 3l-1.500 14M3.500 7.500h13.500M3 12.500h13.500" />,
);
export const LockIcon = icon(
  'LockIcon',
  <>
    <rect x="4" y="9" width="12" height="8" rx="1.8" />
    <path d="M6.800 9V6.500a3.200 3.200 0 0 1 6.400 0V9" />
  </>,
);
export const ChevronIcon = icon('ChevronIcon', <path d="m5.500 8 4.500 4.500L14.500 8" />);
export const CloseIcon = icon('CloseIcon', <path d="m5 5 10 10M15 5 5 15" />);
export const MenuIcon = icon('MenuIcon', <path d="M3.500 5.500h13M3.500 10h13M3.500 14.500h13" />);
export const BackIcon = icon('BackIcon', <path d="M12 4.500 6.500 10l5.500 5.500" />);
export const ThreadIcon = icon(
  'ThreadIcon',
  <path d="M4 4.500h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-5.500L6.500 17v-3.500H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM6.500 8h7M6.500 10.500h4.500" />,
);
export const EditIcon = icon(
  'EditIcon',
  <path d="m3.500 16.500.8-3.500L13.500 3.800l2.700 2.700L7 15.700l-3.500.8ZM11.800 5.500l2.700 2.700" />,
);
export const DeleteIcon = icon(
  'DeleteIcon',
  <path d="M3.500 5.500h13M8 5.500V3.500h4v2M5 5.500l.8 11h8.400l.8-11M8.300 8.500v5M11.700 8.500v5" />,
);
export const SendIcon = icon(
  'SendIcon',
  <path d="M3.500 3.500 17 10 3.500 16.500l1.700-6.500-1.700-6.500ZM5.200 10H11" />,
);
export const EyeIcon = icon(
  'EyeIcon',
  <>
    <path d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Z" />
    <circle cx="10" cy="10" r="2.300" />
  </>,
);
export const SunIcon = icon(
  'SunIcon',
  <>
    <circle cx="10" cy="10" r="3.300" />
    <path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.300 4.300l1.400 1.400M14.300 14.300l1.400 1.400M4.300 15.700l1.400-1.400M14.300 5.700l1.400-1.400" />
  </>,
);
export const MoonIcon = icon(
  'MoonIcon',
  <path d="M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500Z" />,
);
export const DownIcon = icon('DownIcon', <path d="M10 4v12M5 11l5 5 5-5" />);
export const CheckIcon = icon('CheckIcon', <path d="m4.500 10.500 3.500 3.500 7.500-8" />);
export const DotsIcon = icon(
  'DotsIcon',
  <path d="M10 4.500v.01M10 10v.01M10 15.500v.01" strokeWidth="2.500" />,
);
export const PeopleIcon = icon(
  'PeopleIcon',
  <>
    <circle cx="7.500" cy="6.500" r="3" />
    <path d="M2 16.500c0-3 2.300-5 5.500-5s5.500 2 5.500 5M13 4a2.800 2.800 0 0 1 0 5.300M15 12c1.900.8 3 2.300 3 4.500" />
  </>,
);
