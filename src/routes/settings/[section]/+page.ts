import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';
import { settingsPlaces } from '$lib/components/settings/sections';

export const load: PageLoad = ({ params }) => {
	const place = settingsPlaces.find(({ id }) => id === params.section);
	if (!place) error(404, 'There is no such part of the settings.');
	return { section: place.id };
};
