export interface ScreenLink {
  path: string;
  name: string;
}

/** The link to the screen in a folder: `notes` is at /notes, and is called Notes. */
export function linkTo(folder: string): ScreenLink {
  const words = folder.replaceAll("-", " ");
  return { path: `/${folder}`, name: words.charAt(0).toUpperCase() + words.slice(1) };
}
