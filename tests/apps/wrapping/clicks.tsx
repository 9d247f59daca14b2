import type { LeafletMouseEvent } from "leaflet";
import { useMapEvents } from "react-leaflet";

interface Props {
  onPick: (lat: number, lng: number) => void;
}

export function Clicks({ onPick }: Props): null {
  useMapEvents({ click: ({ latlng }: LeafletMouseEvent) => onPick(latlng.lat, latlng.lng) });
  return null;
}
