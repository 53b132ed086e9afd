import { error } from '@sveltejs/kit';
import { settingsPlaces } from '$lib/components/settings/sections';

export function load({ params }) {
	const place = settingsPlaces.find(({ id }) => id === params.section);
	if (!place) error(404, 'There is no such part of the settings.');
	return { section: place.id };
}
